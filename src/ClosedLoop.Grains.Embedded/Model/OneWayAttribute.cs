namespace ClosedLoop.Grains.Embedded;

/// <summary>The caller's task is complete once the call is queued; result and exception are not sent back.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;
