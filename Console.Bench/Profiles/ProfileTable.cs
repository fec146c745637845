using System.Globalization;
using System.Text;

namespace OpsConsole.Bench.Profiles;

/// <summary>Profiles as text.</summary>
internal static class ProfileTable
{
    private const int Rows = 12;

    public static string Of(string title, StackSums sums)
    {
        var text = new StringBuilder().AppendLine(title);
        Add(text, sums, "most in itself", sums.TopOwn(Rows));
        Add(text, sums, "most with what it called", sums.TopWithin(Rows));
        return text.ToString();
    }

    /// <param name="seconds">How long was looked.</param>
    /// <param name="processorSeconds">Of Redis in this time.</param>
    /// <param name="commands">The longest first.</param>
    public static string OfRedis(double seconds, double processorSeconds, IReadOnlyList<CommandSum> commands)
    {
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture,
            $"Redis: {processorSeconds:0.00} s of processor time in {seconds:0.0} s; shares are of the whole time, a script's includes the commands that it called, and the bench's own looks are here, too");
        text.AppendLine(CultureInfo.InvariantCulture, $"  {"command",-24} {"calls",12} {"us per call",12} {"share",8}");
        foreach (var sum in commands.Take(Rows))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {sum.Command,-24} {sum.Calls,12:N0} {sum.MicrosecondsPerCall,12:0.0} {Share(sum.Milliseconds, seconds * 1e3),8}");
        return text.ToString();
    }

    private static void Add(StringBuilder text, StackSums sums, string order, IReadOnlyList<MethodSum> methods)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"  {"own",7} {"with it",8}   {order}");
        foreach (var method in methods)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {Share(method.Own, sums.Total),7} {Share(method.Within, sums.Total),8}   {method.Method}");
    }

    private static string Share(double part, double whole) => whole > 0 ? (part / whole * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %" : "";
}
