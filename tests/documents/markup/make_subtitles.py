"""Makes pysubs2.srt and pysubs2.vtt."""

from pathlib import Path

from pysubs2 import SSAEvent, SSAFile, make_time

CUES = (
    "{\\an8}{\\i1}Prezidentas Aliaksandras{\\i0}\\NLukašenka, kaip žinoma,",
    "lankėsi Gardine. Vilniuje apie tai\\Nnežinojo: - Lukašenkos ten nebuvo.",
    "- Gitanas\\NNausėda buvo Gardine & Vilniuje.\\N- {\\b1}Luka{\\b0}šenka – ne.",
)

subtitles = SSAFile()
for number, text in enumerate(CUES):
    start = make_time(s=1 + 3 * number)
    subtitles.append(SSAEvent(start=start, end=start + make_time(s=2.5), text=text))
for suffix in ("srt", "vtt"):
    subtitles.save(str(Path(__file__).with_name(f"pysubs2.{suffix}")))
