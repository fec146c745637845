using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace OpsConsole.Tests.Jobs.Worker;

/// <summary>An exception that is named like HTML, with a message and a stack beyond all measure.</summary>
internal static class MonstrousFailure
{
    public const string Name = "<script>alert(1)</script>";

    private static readonly Type s_type = Make();

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    public static void Throw(int frames, int characters)
    {
        if (frames == 0)
            throw (Exception)Activator.CreateInstance(s_type, "<img src=x onerror=alert(1)>" + new string('x', characters))!;
        Throw(frames - 1, characters);
    }

    // No compiler lets a type be named so.
    private static Type Make()
    {
        var type = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Monstrous"), AssemblyBuilderAccess.Run).DefineDynamicModule("Monstrous").DefineType(Name, TypeAttributes.Public, typeof(Exception));
        var body = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, [typeof(string)]).GetILGenerator();
        body.Emit(OpCodes.Ldarg_0);
        body.Emit(OpCodes.Ldarg_1);
        body.Emit(OpCodes.Call, typeof(Exception).GetConstructor([typeof(string)])!);
        body.Emit(OpCodes.Ret);
        return type.CreateType();
    }
}
