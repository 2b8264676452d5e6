using System.Runtime.InteropServices;

namespace ClosedLoop.Grains.Embedded;

/// <summary>Why an activation ends, for <see cref="Grain.OnDeactivateAsync"/>.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct DeactivationReason(DeactivationReasonCode code, Exception? exception, string text)
{
    public DeactivationReason(DeactivationReasonCode code, string text)
        : this(code, exception: null, text)
    {
    }

    public DeactivationReasonCode ReasonCode { get; } = code;

    public Exception? Exception { get; } = exception;

    public string Description { get; } = text;

    public override string ToString() => $"{ReasonCode}: {Description}";
}
