namespace ClosedLoop.Grains.Embedded;

/// <summary>The type travels in grain calls. A no-op here: within one process messages are passed by reference.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute;
