using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace OpsConsole.Samples.Reports.Spreadsheets;

/// <summary>Writes an .xlsx sheet by sheet and row by row, without a tree of it in memory.</summary>
public sealed class WorkbookWriter : IDisposable
{
    private readonly SpreadsheetDocument _document;
    private readonly WorkbookPart _workbook;
    private readonly List<(string Name, string Id)> _sheets = [];

    public WorkbookWriter(string path)
    {
        _document = SpreadsheetDocument.Create(path, SpreadsheetDocumentType.Workbook);
        _workbook = _document.AddWorkbookPart();
        _workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = WorkbookStyles.Make();
    }

    /// <summary>Begins a sheet; dispose it before the next one.</summary>
    public SheetWriter AddSheet(string name, params IReadOnlyList<Column> columns)
    {
        var part = _workbook.AddNewPart<WorksheetPart>();
        _sheets.Add((name, _workbook.GetIdOfPart(part)));
        return new SheetWriter(part, columns);
    }

    /// <summary>Closes the file. A reader meets the sheet <paramref name="first"/> first, though it was written last.</summary>
    public void Finish(string first)
    {
        var ordered = _sheets.OrderBy(sheet => sheet.Name == first ? 0 : 1).ToList();
        _workbook.Workbook = new Workbook(new Sheets(ordered.Select((sheet, i) =>
            new Sheet { Name = sheet.Name, Id = sheet.Id, SheetId = (uint)i + 1 })));
        _workbook.Workbook.Save();
    }

    public void Dispose() => _document.Dispose();
}
