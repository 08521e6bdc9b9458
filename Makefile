# make run   from a clean clone to a conversation on http://localhost:8005
# make test  everything that is checked before a change lands
.PHONY: run test bench pictures check lock clean
.DELETE_ON_ERROR:

PYTHON := .venv/bin/python
ENCODER := .cache/encoder/encoder.onnx
export RASA_TELEMETRY_ENABLED := false

run: .venv/ready $(ENCODER)
	@$(PYTHON) -m bot train
	@$(PYTHON) -m compileall -q bot actions
	@exec $(PYTHON) -m bot serve --demo

test: .venv/ready-dev $(ENCODER)
	@$(PYTHON) -m bot train
	@$(MAKE) --no-print-directory check
	$(PYTHON) -m pytest

check: .venv/ready-dev
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	$(PYTHON) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

bench: .venv/ready-dev $(ENCODER)
	@$(PYTHON) -m bot train
	$(PYTHON) -m bench.intents

pictures: .venv/ready-dev
	@$(PYTHON) -m bot train
	$(PYTHON) -m tests.browser.screenshots

.venv/ready: requirements.txt scripts/environment.sh .python-version
	@scripts/environment.sh requirements.txt
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.txt
	@scripts/environment.sh requirements.txt requirements-dev.txt
	@touch $@

$(ENCODER): requirements-encoder.txt bot/nlu/encoder/graph.py bot/nlu/encoder/build.py | .venv/ready
	@$(PYTHON) -m bot.nlu.encoder --force
	@touch $@

lock: .venv/ready
	$(PYTHON) -m uv pip compile --quiet --no-header --no-annotate --generate-hashes --python-version 3.10 requirements.in -o requirements.txt
	$(PYTHON) -m uv pip compile --quiet --no-header --no-annotate --generate-hashes --python-version 3.10 requirements-dev.in -o requirements-dev.txt

clean:
	rm -rf .venv .cache models/*.tar.gz models/*.json .rasa .pytest_cache .mypy_cache .ruff_cache .hypothesis
