namespace ClosedLoop.Model.Accounts;

/// <summary>Which delivery a filter may be used for.</summary>
public enum FilterUse
{
    Normal,
    Test,
    Both,
}
