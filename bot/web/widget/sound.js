// Two soft notes, made by the browser; there is no file to load.
let audio = null;

export function chime() {
  try {
    audio ??= new AudioContext();
    [523, 784].forEach((frequency, index) => {
      const from = audio.currentTime + index * 0.12;
      const note = audio.createOscillator();
      const volume = audio.createGain();
      note.frequency.value = frequency;
      volume.gain.setValueAtTime(0, from);
      volume.gain.linearRampToValueAtTime(0.06, from + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, from + 0.35);
      note.connect(volume).connect(audio.destination);
      note.start(from);
      note.stop(from + 0.4);
    });
  } catch {} // the browser does not let pages make sounds
}
