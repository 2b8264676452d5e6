using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace ClosedLoop.Grains.Embedded;

/// <summary>
/// Writes the classes behind a grain interface: per method a call class with one field per argument, and one proxy class whose methods
/// fill such a call and send it.
/// </summary>
internal static class GrainProxyEmitter
{
    private const BindingFlags Inherited = BindingFlags.Instance | BindingFlags.NonPublic;

    private static readonly MethodInfo SendVoid = SendMethod(isGeneric: false);
    private static readonly MethodInfo SendResult = SendMethod(isGeneric: true);
    private static readonly ConstructorInfo IgnoresAccessChecks =
        typeof(IgnoresAccessChecksToAttribute).GetConstructor([typeof(string)])!;

    private static int _assemblies;

    /// <summary>The proxy class: derives from <see cref="GrainReference"/>, implements the interface, has a constructor without parameters.</summary>
    public static Type Emit(Type grainInterface, MethodInfo[] methods)
    {
        var name = $"GrainProxies{Interlocked.Increment(ref _assemblies).ToString(CultureInfo.InvariantCulture)}.{grainInterface.Name}";
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName(name), AssemblyBuilderAccess.Run);

        // Grain interfaces and their messages may be internal to their assembly.
        foreach (var owner in methods.Select(method => method.DeclaringType!.Assembly).Append(grainInterface.Assembly).Distinct())
            assembly.SetCustomAttribute(new CustomAttributeBuilder(IgnoresAccessChecks, [owner.GetName().Name!]));

        var module = assembly.DefineDynamicModule(name);
        var proxy = module.DefineType(
            $"{grainInterface.Name}Proxy", TypeAttributes.Public | TypeAttributes.Sealed, typeof(GrainReference), [grainInterface]);
        for (var index = 0; index < methods.Length; index++)
        {
            var suffix = index.ToString(CultureInfo.InvariantCulture);
            var call = EmitCall(module, methods[index], $"{methods[index].Name}Call{suffix}");
            EmitProxyMethod(proxy, methods[index], call, index);
        }

        return proxy.CreateType();
    }

    private static Type EmitCall(ModuleBuilder module, MethodInfo method, string name)
    {
        var result = ResultOf(method);
        var baseType = result is null ? typeof(GrainVoidCall) : typeof(GrainResultCall<>).MakeGenericType(result);
        var type = module.DefineType(name, TypeAttributes.Public | TypeAttributes.Sealed, baseType);
        var invoke = type.DefineMethod(
            nameof(GrainCall.Invoke),
            MethodAttributes.Family | MethodAttributes.Virtual | MethodAttributes.HideBySig,
            typeof(Task),
            [typeof(object)]);
        var il = invoke.GetILGenerator();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Castclass, method.DeclaringType!);
        foreach (var parameter in method.GetParameters())
        {
            var field = type.DefineField(FieldName(parameter), parameter.ParameterType, FieldAttributes.Public);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, field);
        }

        il.Emit(OpCodes.Callvirt, method);
        if (method.ReturnType.IsValueType)
        {
            var local = il.DeclareLocal(method.ReturnType);
            il.Emit(OpCodes.Stloc, local);
            il.Emit(OpCodes.Ldloca, local);
            il.Emit(OpCodes.Call, method.ReturnType.GetMethod(nameof(ValueTask.AsTask))!);
        }

        il.Emit(OpCodes.Ret);
        return type.CreateType();
    }

    private static void EmitProxyMethod(TypeBuilder proxy, MethodInfo method, Type call, int index)
    {
        var parameters = method.GetParameters();
        var builder = proxy.DefineMethod(
            $"{method.DeclaringType!.FullName}.{method.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot,
            method.ReturnType,
            [.. parameters.Select(parameter => parameter.ParameterType)]);
        var il = builder.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Newobj, call.GetConstructor(Type.EmptyTypes)!);
        foreach (var parameter in parameters)
        {
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Ldarg, (short)(parameter.Position + 1));
            il.Emit(OpCodes.Stfld, call.GetField(FieldName(parameter))!);
        }

        var result = ResultOf(method);
        il.Emit(OpCodes.Ldc_I4, index);
        il.Emit(OpCodes.Call, result is null ? SendVoid : SendResult.MakeGenericMethod(result));
        if (method.ReturnType.IsValueType)
        {
            var task = result is null ? typeof(Task) : typeof(Task<>).MakeGenericType(result);
            il.Emit(OpCodes.Newobj, method.ReturnType.GetConstructor([task])!);
        }

        il.Emit(OpCodes.Ret);
        proxy.DefineMethodOverride(builder, method);
    }

    private static Type? ResultOf(MethodInfo method) =>
        method.ReturnType.IsGenericType ? method.ReturnType.GetGenericArguments()[0] : null;

    private static string FieldName(ParameterInfo parameter) => "a" + parameter.Position.ToString(CultureInfo.InvariantCulture);

    private static MethodInfo SendMethod(bool isGeneric) =>
        typeof(GrainReference).GetMethods(Inherited).Single(method => method.Name == "Send" && method.IsGenericMethodDefinition == isGeneric);
}
