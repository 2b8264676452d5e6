namespace ClosedLoop.Model.Optimove;

/// <summary>What a person agreed to for one medium. The numbers are stored.</summary>
public enum Consent
{
    OptedOut = -1,
    Unknown = 0,
    OptedIn = 1,
}
