namespace OpsConsole.Data.Views;

/// <summary>A search under a name.</summary>
/// <param name="OwnerId">Who saved it first.</param>
/// <param name="OwnerName">How that person is called.</param>
/// <param name="Query">Text of the search.</param>
/// <param name="IsShared">Whether everybody sees it; otherwise only its owner does.</param>
public sealed record SavedView(Guid Id, Guid OwnerId, string OwnerName, string Name, string Query, bool IsShared, DateTimeOffset UpdatedAt);

/// <summary>What came of saving a view.</summary>
public enum SavedViewWrite
{
    Created,
    /// <summary>There was one of this name, which has the new search now.</summary>
    Replaced,
    /// <summary>There are as many as can be: <see cref="SavedViewLimits"/>.</summary>
    TooMany,
}

/// <summary>Sizes of what people may write, and how much of it.</summary>
public static class SavedViewLimits
{
    /// <summary>UTF-16 code units.</summary>
    public const int Name = 60;
    /// <summary>UTF-16 code units.</summary>
    public const int Query = 2_000;
    /// <summary>Personal ones of one operator.</summary>
    public const int OfOne = 50;
    /// <summary>Shared ones.</summary>
    public const int OfAll = 50;
}
