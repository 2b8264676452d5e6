namespace ClosedLoop.Grains.Embedded;

/// <summary>Identity of grains and references.</summary>
public static class GrainExtensions
{
    /// <summary>The string the grain was asked for by.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => IdOf(grain).Key;

    /// <summary>A reference to the grain itself, to be handed to others.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain)
        where TGrainInterface : IGrain
    {
        ArgumentNullException.ThrowIfNull(grain);
        var engine = grain switch
        {
            Grain self => self.Activation.Engine,
            GrainReference reference => reference.Engine,
            _ => throw NotAGrain(grain),
        };
        return engine.GetReference<TGrainInterface>(IdOf(grain));
    }

    internal static GrainId IdOf(IAddressable grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain switch
        {
            Grain self => self.Activation.Id,
            GrainReference reference => reference.GrainId,
            _ => throw NotAGrain(grain),
        };
    }

    private static ArgumentException NotAGrain(IAddressable grain) =>
        new($"Found a {grain.GetType().Name}, expected a grain or a reference from IGrainFactory.", nameof(grain));
}
