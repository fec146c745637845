using System.Diagnostics;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Worker;

/// <summary>Arguments of one call, written into an array of the right length: there are several for each job, and many jobs a second.</summary>
internal sealed class ScriptArguments(int count)
{
    private readonly RedisValue[] _values = new RedisValue[count];
    private int _written;

    /// <summary>All of them.</summary>
    public RedisValue[] Values
    {
        get
        {
            Debug.Assert(_written == _values.Length, "The count of arguments was not reckoned as they are written.");
            return _values;
        }
    }

    public void Add(RedisValue value) => _values[_written++] = value;

    public void Add(ReadOnlySpan<RedisValue> values)
    {
        values.CopyTo(_values.AsSpan(_written));
        _written += values.Length;
    }
}
