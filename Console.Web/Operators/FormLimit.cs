using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace OpsConsole.Web.Operators;

/// <summary>Limits how often one address may send the forms that check a password or make one: lock-out protects one account, this all of them.</summary>
internal static class FormLimit
{
    private static readonly string[] Forms = ["/sign-in", "/set-up", "/set-password", "/account/password"];

    public static void AddFormLimit(this IServiceCollection services) => services.AddRateLimiter(limiter =>
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(PartitionOf);
        limiter.OnRejected = (context, _) =>
        {
            if (context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
                context.HttpContext.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
    });

    private static RateLimitPartition<string> PartitionOf(HttpContext http)
    {
        var isForm = HttpMethods.IsPost(http.Request.Method) && Array.Exists(Forms, form => http.Request.Path.StartsWithSegments(form));
        if (!isForm)
            return RateLimitPartition.GetNoLimiter("");
        var options = http.RequestServices.GetRequiredService<IOptions<OperatorOptions>>().Value;
        return RateLimitPartition.GetFixedWindowLimiter("form " + Network(http.Connection.RemoteIpAddress), _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = options.SignInAttemptsPerMinute,
            Window = TimeSpan.FromMinutes(1),
        });
    }

    /// <summary>An IPv6 caller usually owns a whole /64, so that is what counts as one address.</summary>
    internal static string Network(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
