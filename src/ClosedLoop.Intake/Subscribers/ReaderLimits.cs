using ClosedLoop.Model.Clients;

namespace ClosedLoop.Intake.Subscribers;

/// <summary>Bounds of <see cref="SubscribersReader"/> in bytes; going past one is E104.</summary>
public sealed record ReaderLimits(long MaxBytes, int MaxRecordBytes)
{
    /// <summary>Key of the setting that <see cref="MaxBytes"/> comes from, for messages.</summary>
    public string Setting { get; init; } = "import.maxBytes";

    public static ReaderLimits From(ImportSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(settings.MaxBytes, settings.MaxRecordBytes);
    }
}
