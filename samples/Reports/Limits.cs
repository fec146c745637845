namespace OpsConsole.Samples.Reports;

/// <summary>Time limits of every job type of this host.</summary>
internal static class Limits
{
    public const int SoftSeconds = 25 * 60;
    public const int HardSeconds = 30 * 60;
}
