#pragma warning disable IDE0130 // the runtime knows the attribute by this full name
namespace System.Runtime.CompilerServices;

/// <summary>Lets a generated assembly use the internal types of the named one.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    public string AssemblyName { get; } = assemblyName;
}
