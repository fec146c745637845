namespace OpsConsole.Web.Configuration;

/// <summary>What a person is told instead of the page that was asked for.</summary>
public sealed record Problem(string Title, string Text)
{
    /// <summary>Whether another try can help.</summary>
    public bool IsPassing { get; private init; }

    public static Problem Of(int status) => status switch
    {
        400 => new("This form could not be read", "It may have been open for too long, was sent from another site, or holds a character that forms cannot carry. Go back, load the page again and repeat it."),
        401 => new("Not signed in", "Sign in and try again."),
        403 => new("Your role does not permit this", "An administrator can give you another role on the Users page."),
        404 => new("There is no such page", "The address may be mistyped, or what it named is gone."),
        405 => new("This address is not a page", "It only takes a form of the console. Go to the start page."),
        429 => new("Too many attempts", "This network address has sent too many forms. Wait a minute and try again.") { IsPassing = true },
        503 => new("The database does not answer", "The console is up and tries again by itself. Jobs go on running: they do not need it.") { IsPassing = true },
        _ => new("Something broke in the console", "The fault is on record under the reference below. Try again; if it stays, give the reference to whoever runs the console.") { IsPassing = true },
    };
}
