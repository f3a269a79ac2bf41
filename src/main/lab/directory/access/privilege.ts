/** User rights of the domain controllers' policy (MS-LSAD 3.1.1.2.1). */
export type Privilege = 'enableDelegation'
