namespace ClosedLoop.Optimove.Api;

/// <summary>What may be tried again by itself (optimove spec section 11).</summary>
internal enum Repetition
{
    /// <summary>Asking twice changes nothing.</summary>
    Read,

    /// <summary>Saying it twice is the same as once.</summary>
    SafeWrite,

    /// <summary>Optimove adds up: repeated only when it cannot have been carried out.</summary>
    OnceOnly,
}
