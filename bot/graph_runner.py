"""Runs a model's graph node after node, in an order that is found once."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Text, Tuple

from rasa.engine.graph import GraphNode, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner

Steps = List[Tuple[Text, GraphNode]]
"""Name and node, in the order in which they run."""


class StraightRunner(DaskGraphRunner):
    """Rasa's runner without dask, which plans each run anew: that takes longer than most nodes.

    Args:
        loaded: Rasa's runner, with its components; they are taken over.
    """

    def __init__(self, loaded: DaskGraphRunner) -> None:
        self._graph_schema: GraphSchema = loaded._graph_schema
        self._instantiated_nodes = loaded._instantiated_nodes
        self._execution_context = loaded._execution_context
        self._plans: Dict[Tuple[Text, ...], Steps] = {}

    def run(
        self, inputs: Optional[Dict[Text, Any]] = None, targets: Optional[List[Text]] = None
    ) -> Dict[Text, Any]:
        """The output of each target (see Rasa's `GraphRunner`); what a component raises reaches the caller."""
        wanted = tuple(targets or self._graph_schema.target_names)
        done = dict(inputs or {})
        for name, node in self._plan(wanted):
            if name not in done:
                needs = {argument: done[needed] for argument, needed in node._inputs.items()}
                done[name] = node._fn(node._component, **needs)
        return {name: done[name] for name in wanted}

    def _plan(self, targets: Tuple[Text, ...]) -> Steps:
        """The nodes that the targets need, each behind those that it needs itself."""
        if targets not in self._plans:
            steps: Steps = []
            seen = set()

            def add(name: Text) -> None:
                if name in seen or name not in self._instantiated_nodes:  # an input has no node
                    return
                seen.add(name)
                for needed in self._graph_schema.nodes[name].needs.values():
                    add(needed)
                steps.append((name, self._instantiated_nodes[name]))

            for target in targets:
                add(target)
            self._plans[targets] = steps
        return self._plans[targets]
