using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using OpsConsole.Samples.Reports.Spreadsheets;

namespace OpsConsole.Samples.Reports.Documents;

/// <summary>Text of Word and Excel documents, a paragraph or a row at a time.</summary>
internal static class DocumentText
{
    public static bool IsSupported(string path) => Path.GetExtension(path).ToLowerInvariant() is ".docx" or ".xlsx";

    /// <exception cref="NotSupportedException">Another kind of file.</exception>
    /// <exception cref="InvalidDataException">The file is broken.</exception>
    public static IEnumerable<string> Read(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".docx" => ReadWord(path),
        ".xlsx" => ReadExcel(path),
        var other => throw new NotSupportedException($"'{Path.GetFileName(path)}' cannot be indexed: only .docx and .xlsx can, not '{other}'. Save it as one of them."),
    };

    private static IEnumerable<string> ReadWord(string path)
    {
        using var document = OpenWord(path);
        if (document.MainDocumentPart is not { } part)
            yield break;
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
            if (reader.IsStartElement && reader.ElementType == typeof(Paragraph) && reader.LoadCurrentElement()?.InnerText is { Length: > 0 } text)
                yield return text;
    }

    private static WordprocessingDocument OpenWord(string path)
    {
        try
        {
            return WordprocessingDocument.Open(path, isEditable: false);
        }
        catch (Exception e) when (e is OpenXmlPackageException or FileFormatException or InvalidDataException)
        {
            throw new InvalidDataException($"'{Path.GetFileName(path)}' is not a Word document: {e.Message} Save it as .docx again.", e);
        }
    }

    private static IEnumerable<string> ReadExcel(string path)
    {
        using var workbook = new WorkbookReader(path);
        foreach (var sheet in workbook.Sheets)
            foreach (var row in workbook.Rows(sheet))
                yield return string.Join(' ', row);
    }
}
