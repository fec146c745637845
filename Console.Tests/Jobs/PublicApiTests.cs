using System.Reflection;
using System.Text;
using OpsConsole.Jobs;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Jobs;

public class PublicApiTests
{
    private static readonly NullabilityInfoContext Nullability = new();

    [Fact]
    public void What_job_hosts_can_call_is_the_approved_surface()
    {
        var text = new StringBuilder();
        foreach (var type in typeof(JobServices).Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.AppendLine(Kind(type) + " " + Name(type));
            foreach (var member in Members(type).Order(StringComparer.Ordinal))
                text.Append("    ").AppendLine(member);
        }
        Approved.Matches("jobs-api", text.ToString());
    }

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), null)}");
        var constructors = type.GetConstructors(all).Where(IsSeen).Where(constructor => !IsMade(constructor) && !constructor.IsStatic).Select(constructor => $"new({Parameters(constructor)})");
        var properties = type.GetProperties(all).Where(property => property.GetMethod is { } get && IsSeen(get) && property.Name != "EqualityContract")
            .Select(property => $"{Name(property.PropertyType)}{Mark(Nullability.Create(property))} {property.Name} {{ get; {Setter(property)}}}");
        var methods = type.GetMethods(all).Where(method => IsSeen(method) && !method.IsSpecialName && !IsMade(method) && method.GetBaseDefinition().DeclaringType != typeof(object))
            .Select(method => $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)}{Mark(Nullability.Create(method.ReturnParameter))} {method.Name}{Generics(method)}({Parameters(method)})");
        var fields = type.GetFields(all).Where(field => field.IsPublic).Select(field => $"{(field.IsLiteral ? "const " : "")}{Name(field.FieldType)} {field.Name}{(field.IsLiteral ? " = " + field.GetRawConstantValue() : "")}");
        return constructors.Concat(properties).Concat(methods).Concat(fields);
    }

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // What the compiler adds to records says nothing that the properties do not.
    private static bool IsMade(MethodBase method) =>
        method.Name is "<Clone>$" or "PrintMembers" or "Deconstruct" or "Equals" or "GetHashCode" or "ToString" || (method is ConstructorInfo && method.GetParameters() is [{ ParameterType: var only }] && only == method.DeclaringType);

    private static string Setter(PropertyInfo property) => property.SetMethod switch
    {
        null => "",
        { IsPublic: false } => "",
        var set when set.ReturnParameter.GetRequiredCustomModifiers().Length > 0 => "init; ",
        _ => "set; ",
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)}{Mark(Nullability.Create(parameter))} {parameter.Name}{(parameter.HasDefaultValue ? " = " + (parameter.DefaultValue ?? "default") : "")}"));

    private static string Mark(NullabilityInfo info) => info.ReadState == NullabilityState.Nullable && !info.Type.IsValueType ? "?" : "";

    private static string Generics(MethodInfo method) => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Name(inner) + "?";
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        var name = (type.Namespace?.StartsWith("OpsConsole", StringComparison.Ordinal) == true ? type.FullName ?? type.Name : type.Name).Replace("OpsConsole.Jobs.", "", StringComparison.Ordinal);
        return type.IsGenericType ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}
