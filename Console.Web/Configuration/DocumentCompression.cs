using System.Net.Mime;
using Microsoft.AspNetCore.ResponseCompression;

namespace OpsConsole.Web.Configuration;

/// <summary>
/// Pages go compressed; styles and scripts lie ready so. A page can be, because what is secret in it (tokens of forms, what components hand
/// over) is encrypted anew each time, so that its compressed length tells nobody anything.
/// </summary>
internal static class DocumentCompression
{
    public static IServiceCollection AddDocumentCompression(this IServiceCollection services) => services.AddResponseCompression(options =>
    {
        options.EnableForHttps = true;
        options.MimeTypes = [MediaTypeNames.Text.Html];
        options.Providers.Add<BrotliCompressionProvider>();
        options.Providers.Add<GzipCompressionProvider>();
    });
}
