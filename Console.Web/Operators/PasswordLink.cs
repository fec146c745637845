using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace OpsConsole.Web.Operators;

/// <summary>The link by which a person chooses a password. The token ends with its first use, and after some hours.</summary>
internal static class PasswordLink
{
    public static string Path(Guid id, string token) =>
        $"/set-password?user={id:N}&token={WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(token))}";

    /// <summary>Empty when the text was not made by <see cref="Path"/>.</summary>
    public static string Token(string? text)
    {
        try
        {
            return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(text ?? ""));
        }
        catch (FormatException)
        {
            return "";
        }
    }
}
