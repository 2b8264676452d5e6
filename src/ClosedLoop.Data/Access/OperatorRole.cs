namespace ClosedLoop.Data.Access;

/// <summary>What somebody may do; each role may do what those before it may. The numbers are stored.</summary>
public enum OperatorRole
{
    /// <summary>Looks.</summary>
    Viewer = 0,

    /// <summary>Acts on files, mailings, recipients, lanes and exports.</summary>
    Operator = 1,

    /// <summary>Also decides who may, and changes definitions.</summary>
    Admin = 2,
}
