using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using OpsConsole.Web.Configuration;

namespace OpsConsole.Web.Kpis;

/// <summary>
/// Tables as an .xlsx, one sheet each. Words are written as words, which a spreadsheet does not compute; those that look like a formula are marked
/// besides, so that they stay words when somebody edits the cell or saves the sheet as CSV.
/// </summary>
public static class KpiWorkbook
{
    private const int NameLength = 31;
    // Formats of cells, in the order of the style sheet. The first ones are those of the units.
    private static readonly uint s_heading = (uint)Enum.GetValues<KpiUnit>().Length, s_quoted = s_heading + 1;

    public static byte[] Write(IReadOnlyList<KpiTable> tables)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            var sheets = new Sheets();
            foreach (var (i, table) in tables.Index())
            {
                var part = workbook.AddNewPart<WorksheetPart>();
                part.Worksheet = Sheet(table);
                sheets.Append(new Sheet { Name = table.Title[..Math.Min(table.Title.Length, NameLength)], Id = workbook.GetIdOfPart(part), SheetId = (uint)i + 1 });
            }
            workbook.Workbook = new Workbook(sheets);
            workbook.Workbook.Save();
        }
        return stream.ToArray();
    }

    private static Worksheet Sheet(KpiTable table)
    {
        var pane = new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen };
        var rows = new SheetData(new Row(table.Columns.Select(column => column.Header).Prepend(table.Of).Select(header => Words(header, s_heading))));
        foreach (var (name, cells) in table.Rows)
            rows.Append(new Row(cells.Zip(table.Columns, (cell, column) => Cell(cell, column.Unit)).Prepend(Words(name))));
        return new Worksheet(
            new SheetViews(new SheetView(pane) { WorkbookViewId = 0 }),
            new Columns(table.Columns.Select((column, i) => Width(i + 2, column.Unit == KpiUnit.Text ? 28 : Math.Max(12, column.Header.Length + 2))).Prepend(Width(1, 36))),
            rows);
    }

    private static Cell Cell(KpiCell cell, KpiUnit unit) => cell switch
    {
        { Text: { } text } => Words(text),
        { Number: { } number } => new Cell { CellValue = new CellValue(number.ToString("R", CultureInfo.InvariantCulture)), DataType = CellValues.Number, StyleIndex = (uint)unit },
        _ => new Cell { StyleIndex = (uint)unit },
    };

    private static Cell Words(string text, uint? style = null) => new()
    {
        DataType = CellValues.InlineString,
        InlineString = new InlineString(new Text(Clean(text)) { Space = SpaceProcessingModeValues.Preserve }),
        StyleIndex = style ?? (CsvText.IsFormula(text) ? s_quoted : 0),
    };

    /// <summary>Without what XML does not allow.</summary>
    private static string Clean(string text) => Controls.SafeText.Inline(text, 32_000);

    private static Column Width(int column, int width) => new() { Min = (uint)column, Max = (uint)column, Width = width, CustomWidth = true };

    private static Stylesheet Styles() => new(
        new NumberingFormats(new NumberingFormat { NumberFormatId = 164, FormatCode = "0.00\"×\"" }),
        new Fonts(new Font(new FontSize { Val = 11 }, new FontName { Val = "Calibri" }), new Font(new Bold(), new FontSize { Val = 11 }, new FontName { Val = "Calibri" })),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder())),
        new CellStyleFormats(new CellFormat()),
        new CellFormats([
            // 3 is #,##0, 10 is 0.00 % and 2 is 0.00: Excel's own.
            .. Enum.GetValues<KpiUnit>().Select(unit => Format(unit switch { KpiUnit.Count => 3u, KpiUnit.Share => 10, KpiUnit.Seconds => 2, KpiUnit.Times => 164, _ => 0 }, 0)),
            Format(0, 1), new CellFormat { QuotePrefix = true, NumberFormatId = 49, FontId = 0, FillId = 0, BorderId = 0, ApplyNumberFormat = true },
        ]));

    private static CellFormat Format(uint number, uint font) => new() { NumberFormatId = number, FontId = font, FillId = 0, BorderId = 0, ApplyNumberFormat = true, ApplyFont = true };
}
