namespace ClosedLoop.Optimove.Double;

/// <summary>What a key may call (optimove spec section 2.2).</summary>
public enum KeyRole
{
    Admin,
    Integrations,
}
