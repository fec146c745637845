using Microsoft.Extensions.Caching.Memory;

namespace OpsConsole.Web.Operators;

/// <summary>Answer to one of the account page's forms.</summary>
internal sealed record AccountNote(string Form, bool IsGood, string Text);

/// <summary>Carries the answer over the redirect, for a moment and for that person only: an answer in the address could be forged.</summary>
internal sealed class AccountNotes : IDisposable
{
    private static readonly TimeSpan Stays = TimeSpan.FromSeconds(20);

    private readonly MemoryCache _notes = new(new MemoryCacheOptions { SizeLimit = 1_000 });

    public void Leave(Guid? who, AccountNote note) =>
        _notes.Set(who ?? Guid.Empty, note, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Stays });

    /// <summary>Stays readable for a moment, because a page is rendered twice.</summary>
    public AccountNote? Read(Guid? who) => _notes.Get<AccountNote>(who ?? Guid.Empty);

    public void Dispose() => _notes.Dispose();
}
