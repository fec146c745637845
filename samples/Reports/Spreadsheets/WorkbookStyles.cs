using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace OpsConsole.Samples.Reports.Spreadsheets;

/// <summary>Number and date formats of every workbook we write.</summary>
internal static class WorkbookStyles
{
    // Numbers below 164 are Excel's own formats: 3 is #,##0; 10 is 0.00 %.
    private const uint MoneyFormat = 164, DateFormat = 165, MomentFormat = 166;

    public static Stylesheet Make() => new(
        new NumberingFormats(
            Format(MoneyFormat, "#,##0.00"), Format(DateFormat, "yyyy\\-mm\\-dd"), Format(MomentFormat, "yyyy\\-mm\\-dd\\ hh:mm")),
        new Fonts(new Font(new FontSize { Val = 11 }, new FontName { Val = "Calibri" }), new Font(new Bold(), new FontSize { Val = 11 }, new FontName { Val = "Calibri" })),
        new Fills(Fill(PatternValues.None), Fill(PatternValues.Gray125), Fill(PatternValues.Solid, "FFE7ECF3")),
        new Borders(new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder())),
        new CellStyleFormats(new DocumentFormat.OpenXml.Spreadsheet.CellFormat()),
        new CellFormats(Enum.GetValues<CellFormat>().Select(Style)));

    private static DocumentFormat.OpenXml.Spreadsheet.CellFormat Style(CellFormat format) => new()
    {
        FontId = format == CellFormat.Heading ? 1u : 0u,
        FillId = format == CellFormat.Heading ? 2u : 0u,
        BorderId = 0,
        NumberFormatId = format switch
        {
            CellFormat.Whole => 3,
            CellFormat.Percent => 10,
            CellFormat.Money => MoneyFormat,
            CellFormat.Date => DateFormat,
            CellFormat.Moment => MomentFormat,
            _ => 0,
        },
        ApplyNumberFormat = true,
        ApplyFont = true,
        ApplyFill = true,
    };

    private static NumberingFormat Format(uint id, string code) => new() { NumberFormatId = id, FormatCode = code };

    private static Fill Fill(PatternValues pattern, string? colour = null)
    {
        var fill = new PatternFill { PatternType = pattern };
        if (colour is not null)
            fill.ForegroundColor = new ForegroundColor { Rgb = HexBinaryValue.FromString(colour) };
        return new Fill(fill);
    }
}
