using System.ComponentModel.DataAnnotations;

namespace OpsConsole.Web.Telemetry;

/// <summary>What the console tells monitoring systems of the fleet and of itself. Bound from the section <c>Telemetry</c>.</summary>
public sealed class TelemetryOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Telemetry";

    /// <summary>What a scraper of <c>/metrics</c> sends as bearer token; without one only programs on this machine and signed-in people may read it.</summary>
    /// <value>Default empty.</value>
    [StringLength(200)]
    public string Token { get; set; } = "";

    /// <summary>Where metrics are sent by OTLP over gRPC, for example <c>http://collector:4317</c>; empty sends none.</summary>
    /// <value>Default empty.</value>
    public string OtlpEndpoint { get; set; } = "";

    /// <summary>Time between two exports by OTLP, in seconds.</summary>
    /// <value>Default 30.</value>
    [Range(1, 3_600)]
    public int OtlpEverySeconds { get; set; } = 30;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (OtlpEndpoint.Length > 0 && !(Uri.TryCreate(OtlpEndpoint, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"))
            yield return new ValidationResult($"Telemetry:OtlpEndpoint '{OtlpEndpoint}' is no address. Write it as http://host:4317, or leave it empty.", [nameof(OtlpEndpoint)]);
        if (Token.Length is > 0 and < 16)
            yield return new ValidationResult("Telemetry:Token is shorter than 16 characters and so too easy to guess. Make a longer one, or leave it empty.", [nameof(Token)]);
    }
}
