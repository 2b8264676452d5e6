namespace ClosedLoop.Model.Optimove;

/// <summary>What is done about attributes that a template names and neither a trigger nor the profile has (optimove spec section 4.1).</summary>
public enum MissingAttributes
{
    /// <summary>They are read from Optimove; the message goes without those that cannot be had in time.</summary>
    Read,

    /// <summary>They are read from Optimove; without them there is no message.</summary>
    Require,

    /// <summary>Nobody is asked.</summary>
    Ignore,
}
