using System.Security.Cryptography;

namespace OpsConsole.Samples.Reports.Storage;

internal static class Checksum
{
    /// <summary>SHA-256 of a stream from where it stands, as lower-case hexadecimal.</summary>
    public static async Task<string> OfAsync(Stream stream, CancellationToken cancellation) =>
        Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));

    public static async Task<string> OfFileAsync(string path, CancellationToken cancellation)
    {
        await using var stream = File.OpenRead(path);
        return await OfAsync(stream, cancellation);
    }
}
