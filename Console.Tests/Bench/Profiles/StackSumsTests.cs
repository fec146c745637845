using OpsConsole.Bench.Profiles;

namespace OpsConsole.Tests.Bench.Profiles;

public sealed class StackSumsTests
{
    private readonly StackSums _sums = new();

    [Fact]
    public void A_stack_counts_for_the_innermost_method_by_itself_and_for_all_others_with_it()
    {
        _sums.Add(["parse", "read", "main"], 3);
        _sums.Add(["read", "main"], 1);

        Assert.Equal(4, _sums.Total);
        Assert.Equal([new MethodSum("parse", 3, 3), new MethodSum("read", 1, 4)], _sums.TopOwn(10));
        Assert.Equal([new MethodSum("main", 0, 4), new MethodSum("read", 1, 4), new MethodSum("parse", 3, 3)], _sums.TopWithin(10));
    }

    [Fact]
    public void A_method_that_calls_itself_is_counted_once()
    {
        _sums.Add(["walk", "walk", "main", "walk"], 5);

        Assert.Equal([new MethodSum("walk", 5, 5)], _sums.TopOwn(10));
        Assert.Equal([new MethodSum("main", 0, 5), new MethodSum("walk", 5, 5)], _sums.TopWithin(10));
    }

    [Fact]
    public void Only_as_many_as_asked_for_are_named_and_nothing_comes_of_nothing()
    {
        _sums.Add([], 5);
        _sums.Add(["idle"], 0);
        Assert.Empty(_sums.TopOwn(10));

        _sums.Add(["a"], 1);
        _sums.Add(["b"], 2);
        Assert.Equal(["b"], _sums.TopOwn(1).Select(method => method.Method));
    }
}
