namespace ClosedLoop.Operations.Ports;

/// <summary>Keys that the installation made for itself.</summary>
public interface IKeyRing
{
    /// <summary>Which there are; never what they are.</summary>
    IReadOnlyList<KeyLine> All();

    /// <summary>Makes a new key for links. It signs from the next start on, so that every host that reads links can have it before; links signed with earlier ones stay good.</summary>
    /// <returns>Whether one was made, and what follows.</returns>
    (bool Done, string Text) RotateLinks();
}
