using System.Reflection;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Jobs.Protocol;

public class RedisKeysTests
{
    [Fact]
    public void The_keys_are_the_approved_ones() => Approved.Matches("redis-keys", string.Join('\n', Lines()));

    [Fact]
    public void The_protocol_page_names_every_key_of_ours()
    {
        var page = File.ReadAllText(Repository.PathOf("docs/protocol.md"));

        var ours = Lines().Select(line => line.Split(" = ")[1]).Where(key => key.StartsWith("P:ops:", StringComparison.Ordinal)).Select(key => key["P:ops:".Length..].Split('<')[0]);

        Assert.All(ours, name => Assert.Contains('`' + name, page));
    }

    private static IEnumerable<string> Lines()
    {
        var keys = new RedisKeys("P:");
        var type = typeof(RedisKeys);
        var fixedNames = type.GetProperties().Where(property => property.Name != nameof(RedisKeys.Prefix)).Select(property => $"{property.Name} = {property.GetValue(keys)}");
        var made = type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.ReturnType == typeof(string) && method.GetParameters() is [{ ParameterType: var only }] && only == typeof(string))
            .Select(method => $"{method.Name}({method.GetParameters()[0].Name}) = {method.Invoke(keys, [$"<{method.GetParameters()[0].Name}>"])}");
        return fixedNames.Concat(made).Order(StringComparer.Ordinal);
    }
}
