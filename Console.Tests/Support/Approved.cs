namespace OpsConsole.Tests.Support;

/// <summary>Compares a generated text with the reviewed one under <c>Console.Tests/Approved</c>.</summary>
internal static class Approved
{
    /// <summary>Fails with both paths when the texts differ; the received one is left in a temporary folder.</summary>
    public static void Matches(string name, string received)
    {
        var approved = Repository.PathOf($"Console.Tests/Approved/{name}.approved.txt");
        var text = received.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (File.Exists(approved) && File.ReadAllText(approved).ReplaceLineEndings("\n") == text)
            return;
        var folder = Directory.CreateTempSubdirectory("approve-");
        var path = Path.Combine(folder.FullName, name + ".received.txt");
        File.WriteAllText(path, text);
        Assert.Fail($"{name} is not what was approved: {FirstDifference(approved, text)}. If the change is meant, approve it: cp {path} {Path.GetRelativePath(Repository.Root, approved)}");
    }

    private static string FirstDifference(string approved, string received)
    {
        if (!File.Exists(approved))
            return "nothing was approved yet";
        var was = File.ReadAllText(approved).ReplaceLineEndings("\n").Split('\n');
        var now = received.Split('\n');
        var at = was.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"line {at + 1} was '{(at < was.Length ? was[at] : "(end)")}' and is '{(at < now.Length ? now[at] : "(end)")}'";
    }
}
