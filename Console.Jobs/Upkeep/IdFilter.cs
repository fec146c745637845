namespace OpsConsole.Jobs.Upkeep;

/// <summary>
/// Remembers ids in four bytes each: a Bloom filter. It never forgets an id, and takes about six in a million for one that it has seen;
/// since each round has a seed of its own, what one round overlooks the next one sees.
/// </summary>
internal sealed class IdFilter
{
    private const int BitsPerId = 32;
    private const int Probes = 8;
    private const long MostBits = 1L << 29;
    private readonly ulong[] _words;
    private readonly ulong _seed;

    /// <param name="ids">About how many will be added; above 16 million it errs more often.</param>
    /// <param name="seed">Another one for each filter.</param>
    public IdFilter(long ids, ulong seed)
    {
        _words = new ulong[(Math.Min(MostBits, Math.Max(ids, 1_000) * BitsPerId) / 64) + 1];
        _seed = seed;
    }

    /// <summary>Remembers an id. False when it was there already.</summary>
    public bool Add(string id)
    {
        var isNew = false;
        var (at, step) = Hash(id);
        for (var probe = 0; probe < Probes; probe++, at += step)
        {
            var (word, bit) = Place(at);
            isNew |= (_words[word] & bit) == 0;
            _words[word] |= bit;
        }
        return isNew;
    }

    /// <summary>Whether an id has been added.</summary>
    public bool Contains(ReadOnlySpan<char> id)
    {
        var (at, step) = Hash(id);
        for (var probe = 0; probe < Probes; probe++, at += step)
        {
            var (word, bit) = Place(at);
            if ((_words[word] & bit) == 0)
                return false;
        }
        return true;
    }

    private (ulong Word, ulong Bit) Place(ulong at) => (Math.BigMul(at, (ulong)_words.Length, out var low), 1UL << (int)(low >> 58));

    private (ulong At, ulong Step) Hash(ReadOnlySpan<char> id)
    {
        var hash = _seed ^ 0xcbf29ce484222325;
        foreach (var letter in id)
            hash = (hash ^ letter) * 0x100000001b3;
        return (Mix(hash), Mix(hash ^ 0x9e3779b97f4a7c15) | 1);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xff51afd7ed558ccd;
        value = (value ^ (value >> 33)) * 0xc4ceb9fe1a85ec53;
        return value ^ (value >> 33);
    }
}
