using System.Reflection;

namespace OpsConsole.Web.Schedules.Files;

/// <summary>The files of <c>samples/schedules</c>, which the console carries with it.</summary>
public static class ShippedExamples
{
    private const string Folder = "schedules/";

    /// <summary>In the order in which they are offered.</summary>
    public static IReadOnlyList<ShippedExample> All { get; } =
    [
        Read("operations.json", "Operations", "Report clean-up, health check and daily metrics of the sample job host"),
        Read("backups.json", "Backups", "Daily, weekly and monthly, with clean-up of temp files, logs and stuck operations; of the sample job host too"),
        Read("alerts.json", "Alert checks", "Project office: deadlines, delays, budgets and contracts, every four hours in Paris"),
        Read("community.json", "Community", "Clean-up, statistics and a weekly digest, on the queues maintenance, analytics and emails"),
        Read("shop.json", "Shop", "Search index, cache and a daily report"),
    ];

    private static ShippedExample Read(string file, string title, string description)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + file)
            ?? throw new InvalidOperationException($"The assembly lacks {Folder}{file}. Build it with samples/schedules beside it.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new ShippedExample(file, title, description, ScheduleFileReader.Read(bytes).Rows.Count, bytes);
    }
}

/// <param name="File">Name of the file.</param>
/// <param name="Schedules">How many there are in it.</param>
/// <param name="Content">The file.</param>
public sealed record ShippedExample(string File, string Title, string Description, int Schedules, ReadOnlyMemory<byte> Content);
