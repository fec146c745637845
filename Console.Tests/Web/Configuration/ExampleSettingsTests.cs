using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using OpsConsole.Data.Figures;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Configuration;

namespace OpsConsole.Tests.Web.Configuration;

/// <summary>appsettings.example.json says what there is to set: all of it, nothing else, and with the value that holds without it.</summary>
public class ExampleSettingsTests
{
    private static readonly string[] OfTheFramework = ["AllowedHosts"];

    public static TheoryData<string> Sections => [.. OptionTypes().Keys];

    [Fact]
    public void It_has_every_section_and_no_other()
    {
        var sections = Example().GetChildren().Select(section => section.Key).Except(OfTheFramework);

        Assert.Equal(OptionTypes().Keys.Order(StringComparer.Ordinal), sections.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void A_section_names_every_option_once(string section) =>
        Assert.Equal(
            OptionTypes()[section].GetProperties().Where(option => option.CanWrite).Select(option => option.Name).Order(StringComparer.Ordinal),
            Example().GetSection(section).GetChildren().Select(option => option.Key).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Sections))]
    public void A_section_binds_to_the_defaults(string section)
    {
        var type = OptionTypes()[section];

        var bound = Example().GetSection(section).Get(type, binder => binder.ErrorOnUnknownConfiguration = true);

        Assert.Equal(JsonSerializer.Serialize(Activator.CreateInstance(type), type), JsonSerializer.Serialize(bound, type));
    }

    private static IConfigurationRoot Example() => new ConfigurationBuilder().AddJsonFile(Repository.PathOf("appsettings.example.json")).Build();

    /// <summary>The classes that name a section of the console's configuration.</summary>
    private static Dictionary<string, Type> OptionTypes() =>
        typeof(DatabaseOptions).Assembly.GetTypes().Append(typeof(JobStorageOptions)).Append(typeof(FigureOptions))
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && type.GetField("Section", BindingFlags.Public | BindingFlags.Static) is not null)
            .ToDictionary(type => (string)type.GetField("Section")!.GetRawConstantValue()!);
}
