using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace OpsConsole.Samples.Reports.Spreadsheets;

/// <summary>Reads an .xlsx row by row, ours or anyone's.</summary>
public sealed class WorkbookReader : IDisposable
{
    private readonly SpreadsheetDocument _document;
    private readonly WorkbookPart _workbook;
    private readonly string[] _shared;

    /// <exception cref="InvalidDataException">It is not an Excel workbook.</exception>
    public WorkbookReader(string path)
    {
        try
        {
            _document = SpreadsheetDocument.Open(path, isEditable: false);
        }
        catch (Exception e) when (e is OpenXmlPackageException or FileFormatException or InvalidDataException)
        {
            throw new InvalidDataException($"'{Path.GetFileName(path)}' is not an Excel workbook: {e.Message} Save it as .xlsx again.", e);
        }
        _workbook = _document.WorkbookPart ?? throw new InvalidDataException($"'{Path.GetFileName(path)}' has no workbook inside. Save it as .xlsx again.");
        _shared = [.. _workbook.SharedStringTablePart?.SharedStringTable.Elements<SharedStringItem>().Select(item => item.InnerText) ?? []];
    }

    public IReadOnlyList<string> Sheets => [.. _workbook.Workbook.Descendants<Sheet>().Select(sheet => sheet.Name?.Value ?? "")];

    /// <summary>Rows of a sheet as text, the heading first; cells that were left out are empty.</summary>
    /// <exception cref="InvalidDataException">There is no such sheet.</exception>
    public IEnumerable<IReadOnlyList<string>> Rows(string sheet)
    {
        using var reader = OpenXmlReader.Create(PartOf(sheet));
        while (reader.Read())
            if (reader.IsStartElement && reader.ElementType == typeof(Row))
                yield return ReadRow((Row)reader.LoadCurrentElement()!);
    }

    public void Dispose() => _document.Dispose();

    private WorksheetPart PartOf(string name)
    {
        var sheet = _workbook.Workbook.Descendants<Sheet>().FirstOrDefault(sheet => sheet.Name?.Value == name);
        return sheet?.Id?.Value is { } id && _workbook.GetPartById(id) is WorksheetPart part
            ? part
            : throw new InvalidDataException($"The workbook has no sheet '{name}', only {string.Join(", ", Sheets)}. Give a workbook that reports.generate wrote.");
    }

    private List<string> ReadRow(Row row)
    {
        var cells = new List<string>(12);
        foreach (var cell in row.Elements<Cell>())
        {
            for (var column = ColumnOf(cell.CellReference?.Value); cells.Count < column;)
                cells.Add("");
            cells.Add(TextOf(cell));
        }
        return cells;
    }

    private string TextOf(Cell cell)
    {
        var text = cell.InlineString?.InnerText ?? cell.CellValue?.Text ?? "";
        return cell.DataType?.Value == CellValues.SharedString && int.TryParse(text, out var i) && i >= 0 && i < _shared.Length ? _shared[i] : text;
    }

    // "C7" is column 2; 0 when the writer left references out, as ours does.
    private static int ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var letter in (reference ?? "A").TakeWhile(char.IsAsciiLetterUpper))
            column = Math.Min(column * 26 + (letter - 'A' + 1), 16_384);
        return column - 1;
    }
}
