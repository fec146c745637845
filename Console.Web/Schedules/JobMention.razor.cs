using System.Text.RegularExpressions;

namespace OpsConsole.Web.Schedules;

public sealed partial class JobMention
{
    [GeneratedRegex(@"\b[0-9a-f]{32}-\d{1,15}(-[0-9a-f]{32})?\b", RegexOptions.CultureInvariant)]
    private static partial Regex JobId();
}
