using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Client;

/// <summary>Reads a call such as <c>jobs => jobs.Generate("june", 3, default)</c> into what a job hash stores of it.</summary>
internal static class CallReader
{
    public static (JobType Type, ArgumentBinding Binding) Read(Type target, LambdaExpression call)
    {
        var body = call.Body is UnaryExpression { NodeType: ExpressionType.Convert } convert ? convert.Operand : call.Body;
        if (body is not MethodCallExpression { Method: var method } invocation || (!method.IsStatic && invocation.Object is not ParameterExpression))
            throw new ArgumentException($"Pass one method call on the job class, such as jobs => jobs.Run(1); found: {call.Body}", nameof(call));
        if (!method.IsPublic)
            throw new ArgumentException($"{method.DeclaringType}.{method.Name} is not public, so a worker could not run it; make it public.", nameof(call));
        var problems = new List<ArgumentProblem>();
        var arguments = method.GetParameters().Select((parameter, index) => ArgumentOf(parameter, invocation.Arguments[index], problems)).ToList();
        return (Describe(target, method), new ArgumentBinding(arguments, problems));
    }

    private static string? ArgumentOf(ParameterInfo parameter, Expression argument, List<ArgumentProblem> problems)
    {
        if (Worker.ArgumentReader.IsInjected(parameter.ParameterType))
            return null;
        var value = ValueOf(argument);
        try
        {
            return JsonSerializer.Serialize(value, parameter.ParameterType, SoundText.Arguments);
        }
        catch (JsonException e)
        {
            problems.Add(new ArgumentProblem(parameter.Name ?? "", e.Message));
            return null;
        }
    }

    private static object? ValueOf(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field } member => field.GetValue(member.Expression is null ? null : ValueOf(member.Expression)),
        MemberExpression { Member: PropertyInfo property } member => property.GetValue(member.Expression is null ? null : ValueOf(member.Expression)),
        _ => Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)(),
    };

    // Only what enqueueing needs; the full entry is published by the host that runs the type.
    private static JobType Describe(Type target, MethodInfo method)
    {
        var parameters = method.GetParameters().Select(parameter => new JobParameter(parameter.Name ?? "", TypeNames.Stored(parameter.ParameterType), "", null, Worker.ArgumentReader.IsInjected(parameter.ParameterType))).ToList();
        var type = TypeNames.Stored(target);
        var declared = method.GetCustomAttribute<JobAttribute>();
        return new JobType
        {
            Name = declared?.Name ?? $"{target.Name}.{method.Name}",
            Key = TypeKey.Of(type, method.Name, parameters.Select(parameter => parameter.TypeName)),
            TypeName = type,
            Method = method.Name,
            Parameters = parameters,
            Queue = declared?.Queue ?? "default",
            UniqueKey = method.GetCustomAttribute<UniqueAttribute>() is { } unique ? unique.Key ?? "" : null,
        };
    }

}
