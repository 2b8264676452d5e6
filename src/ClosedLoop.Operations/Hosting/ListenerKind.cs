namespace ClosedLoop.Operations.Hosting;

/// <summary>Which listener a route answers on.</summary>
public enum ListenerKind
{
    /// <summary>Dashboard, API, administration. What says nothing about itself is here.</summary>
    Operator,

    /// <summary>What readers of mail and other systems call.</summary>
    Public,

    /// <summary>Both: health.</summary>
    Both,
}
