using System.Linq.Expressions;
using System.Reflection;

namespace OpsConsole.Jobs.Worker;

/// <summary>Calls a job's method; the value is its result, or null when it has none.</summary>
internal delegate ValueTask<object?> JobCall(object? target, object?[] arguments);

/// <summary>Compiles a method into a <see cref="JobCall"/> once, so that no job pays for reflection.</summary>
internal static class JobCallCompiler
{
    public static JobCall Compile(MethodInfo method)
    {
        var target = Expression.Parameter(typeof(object), "target");
        var arguments = Expression.Parameter(typeof(object[]), "arguments");
        var values = method.GetParameters().Select(parameter =>
            Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(parameter.Position)), parameter.ParameterType));
        var call = Expression.Call(method.IsStatic ? null : Expression.Convert(target, method.DeclaringType!), method, values);
        return Expression.Lambda<JobCall>(AsValueTask(call), target, arguments).Compile();
    }

    private static Expression AsValueTask(MethodCallExpression call)
    {
        var type = call.Type;
        if (type == typeof(void))
            return Expression.Block(call, Expression.Default(typeof(ValueTask<object?>)));
        var adapter = type switch
        {
            _ when type == typeof(Task) => Adapter(nameof(FromTask)),
            _ when type == typeof(ValueTask) => Adapter(nameof(FromValueTask)),
            { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(Task<>) => Adapter(nameof(FromTaskOf), type.GetGenericArguments()),
            { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(ValueTask<>) => Adapter(nameof(FromValueTaskOf), type.GetGenericArguments()),
            _ => Adapter(nameof(FromValue), type),
        };
        return Expression.Call(adapter, call);
    }

    private static MethodInfo Adapter(string name, params Type[] types)
    {
        var method = typeof(JobCallCompiler).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;
        return types.Length == 0 ? method : method.MakeGenericMethod(types);
    }

    private static ValueTask<object?> FromValue<T>(T value) => new((object?)value);

    private static ValueTask<object?> FromTask(Task task)
    {
        return task.IsCompletedSuccessfully ? default : Awaited(task);

        static async ValueTask<object?> Awaited(Task task)
        {
            await task;
            return null;
        }
    }

    private static async ValueTask<object?> FromTaskOf<T>(Task<T> task) => await task;

    private static ValueTask<object?> FromValueTask(ValueTask task)
    {
        return task.IsCompletedSuccessfully ? default : Awaited(task);

        static async ValueTask<object?> Awaited(ValueTask task)
        {
            await task;
            return null;
        }
    }

    private static async ValueTask<object?> FromValueTaskOf<T>(ValueTask<T> task) => await task;
}
