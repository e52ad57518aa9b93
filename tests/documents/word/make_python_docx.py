"""Writes python-docx.docx: runs as python-docx makes them, on its template, which Word has saved."""

from pathlib import Path


def main():
    import docx

    document = docx.Document()
    document.add_heading("Aliaksandras Lukašenka Vilniuje", 1)
    paragraph = document.add_paragraph("Prezidentas ")
    paragraph.add_run("Aliak").bold = True
    paragraph.add_run("sandras").italic = True
    paragraph.add_run(" Lukašenka atvyko į Gardiną & Vilnių,\nLukašenkai Vilnius patiko.")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Miestas", "Asmuo"
    table.cell(1, 0).text, table.cell(1, 1).text = "Vilnius", "Lukašenkos patarėjas"
    section = document.sections[0]
    section.header.paragraphs[0].text = "Vilnius, apie Lukašenką"
    section.footer.paragraphs[0].text = "Gardinas"
    document.save(str(Path(__file__).with_name("python-docx.docx")))


if __name__ == "__main__":
    main()
