using System.Globalization;

namespace OpsConsole.Samples.Reports.Spreadsheets;

/// <summary>How a cell is shown. The numbers are the style indexes of <see cref="WorkbookStyles"/>.</summary>
public enum CellFormat
{
    Text = 0,
    Heading = 1,
    Whole = 2,
    Money = 3,
    Percent = 4,
    Date = 5,
    Moment = 6,
}

/// <summary>A value ready to be written; the column's format says how it looks.</summary>
public readonly record struct CellContent(string Value, bool IsText)
{
    public static implicit operator CellContent(string text) => new(text, true);

    public static implicit operator CellContent(int number) => new(number.ToString(CultureInfo.InvariantCulture), false);

    public static implicit operator CellContent(long number) => new(number.ToString(CultureInfo.InvariantCulture), false);

    public static implicit operator CellContent(double number) => new(number.ToString("R", CultureInfo.InvariantCulture), false);

    public static implicit operator CellContent(decimal number) => new(number.ToString(CultureInfo.InvariantCulture), false);

    /// <summary>Excel counts days from 1899-12-30.</summary>
    public static implicit operator CellContent(DateTime moment) => moment.ToOADate();
}

/// <summary>A column of a sheet.</summary>
public sealed record Column(string Title, CellFormat Format = CellFormat.Text, double Width = 14);
