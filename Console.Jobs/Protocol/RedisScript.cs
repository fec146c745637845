using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace OpsConsole.Jobs.Protocol;

/// <summary>
/// One Lua script from <c>Protocol/Scripts</c>, with the shared pieces that its line <c>-- uses: job, claim</c> names put in
/// front (each once, in the order named).
/// </summary>
internal sealed class RedisScript
{
    private const string UsesMark = "-- uses:";

    private RedisScript(string name, string text)
    {
        Name = name;
        Text = text;
#pragma warning disable CA5350 // Redis names scripts by SHA-1; nothing is kept secret by it.
        Sha1 = SHA1.HashData(Encoding.UTF8.GetBytes(text));
#pragma warning restore CA5350
    }

    /// <summary>File name without its ending.</summary>
    public string Name { get; }

    /// <summary>What Redis runs.</summary>
    public string Text { get; }

    /// <summary>SHA-1 of <see cref="Text"/>, the name that EVALSHA takes.</summary>
    public byte[] Sha1 { get; }

    /// <summary>Reads an embedded script. A missing one is a bug and throws.</summary>
    public static RedisScript Load(string name)
    {
        var body = ReadResource(name + ".lua");
        var parts = UsedBy(body).Select(part => ReadResource($"lib/{part}.lua")).Append(body);
        return new RedisScript(name, string.Join('\n', parts));
    }

    private static IEnumerable<string> UsedBy(string body) =>
        body.Split('\n')
            .Where(line => line.StartsWith(UsesMark, StringComparison.Ordinal))
            .SelectMany(line => line[UsesMark.Length..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static string ReadResource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"Script '{name}' is not embedded in this assembly; check its name and folder.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
