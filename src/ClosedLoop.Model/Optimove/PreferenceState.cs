namespace ClosedLoop.Model.Optimove;

/// <summary>Whether Optimove knows what a customer wants. The numbers are stored.</summary>
public enum PreferenceState
{
    /// <summary>Told until it is taken: saying it twice does no harm.</summary>
    Waiting = 0,
    Told = 1,
    Refused = 2,
}
